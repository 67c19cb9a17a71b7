import queue, random
print(queue.whose, queue.__file__, random.__file__)
