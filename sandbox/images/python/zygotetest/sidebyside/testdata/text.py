import re, string, textwrap, json, pprint
print(re.findall(r"(\w+)=(\d+)", "a=1 b=22"), re.sub(r"\b(.)", lambda m: m[1].upper(), "big words"))
print(string.Template("$x and ${y}").substitute(x=1, y=2), f"{3.14159:>10.2f}|{255:#x}|{'s':^5}|{1e10:,}")
print(textwrap.fill("some words to be wrapped " * 3, 20))
print(json.dumps({"k": [1, None, True, "ü"]}, indent=1, sort_keys=True), json.loads("[1.5e3]"))
pprint.pprint({"key": list(range(30))})
try:
    json.loads("{bad")
except json.JSONDecodeError as e:
    print(e)
re.compile("(")
