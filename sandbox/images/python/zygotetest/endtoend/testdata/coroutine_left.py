async def co(): pass
co()
c = co()
print("end")
