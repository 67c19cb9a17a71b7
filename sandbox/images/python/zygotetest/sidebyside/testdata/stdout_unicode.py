print("ä € 𝄞 \u202e", ascii("ä"))
print("\ud800")
