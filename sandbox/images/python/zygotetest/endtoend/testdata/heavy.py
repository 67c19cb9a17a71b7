import this
print(this.d['A'])
