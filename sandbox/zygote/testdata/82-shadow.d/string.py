mine = "my own string"
