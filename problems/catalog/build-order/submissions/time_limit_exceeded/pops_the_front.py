"""Takes what is ready from the front of a list."""


def build_order(modules, dependencies):
    missing = dict.fromkeys(modules, 0)
    users = {}
    for module, used in dependencies:
        missing[module] += 1
        users.setdefault(used, []).append(module)
    ready = [m for m in modules if missing[m] == 0]
    order = []
    while ready:
        built = ready.pop(0)
        order.append(built)
        for user in users.get(built, ()):
            missing[user] -= 1
            if missing[user] == 0:
                ready.append(user)
    return order if len(order) == len(modules) else []
