import sys
def solve():
    print("done")
    sys.exit(0)
if __name__ == "__main__":
    try:
        solve()
    finally:
        print("finally")
