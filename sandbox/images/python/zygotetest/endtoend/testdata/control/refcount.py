import json, sys
sys.exit(sys.getrefcount(json.dumps) > 1 << 30)
