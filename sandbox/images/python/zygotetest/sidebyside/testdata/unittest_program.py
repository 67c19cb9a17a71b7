import unittest
class T(unittest.TestCase):
    def test_a(self): self.assertEqual(1, 1)
    def test_b(self): self.assertRaises(ValueError, int, "x")
if __name__ == "__main__":
    r = unittest.main(exit=False, verbosity=0, testRunner=unittest.TextTestRunner(stream=open("/dev/null", "w"))).result
    print(r.testsRun, r.failures)
