# mode: check
return 5
