n = int(input())
for _ in range(n):
    a, b = map(int, input("prompt> ").split())
    print(a + b)
try:
    input()
except EOFError as e:
    print("EOF", e)
