import hashlib, zlib, binascii, base64, uuid, secrets, hmac
print(hashlib.md5(b"a").hexdigest(), hashlib.sha256(b"a").hexdigest()[:16], zlib.crc32(b"abc"), base64.b64encode(b"hello"))
print(hmac.new(b"k", b"m", "sha256").hexdigest()[:8], uuid.UUID(int=5), len(secrets.token_hex(4)), binascii.hexlify(b"z"))
