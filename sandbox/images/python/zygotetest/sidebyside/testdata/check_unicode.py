# mode: check
größe = 3
x = “quoted”
