# env: LANG=
# env: LC_ALL=C
import sys, os
print(sys.flags.utf8_mode, sys.stdout.encoding, sys.stdout.errors, os.environ)
