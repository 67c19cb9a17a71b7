print(1) #
