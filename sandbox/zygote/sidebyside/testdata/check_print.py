# mode: check
print "hello"
