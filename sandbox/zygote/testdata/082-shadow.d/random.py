mine = "my own random"
