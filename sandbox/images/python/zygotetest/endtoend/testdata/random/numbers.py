import os, secrets, uuid
print(os.urandom(8), secrets.token_hex(), uuid.uuid4())
