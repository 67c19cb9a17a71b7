print("first")
import broken
