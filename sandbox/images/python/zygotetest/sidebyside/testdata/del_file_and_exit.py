import sys
del __cached__
def main(): return 6
sys.exit(main())
