import gc
gc.callbacks.append(lambda phase, info: phase == "stop" and info["collected"] > 10 ** 9 and print("never"))
