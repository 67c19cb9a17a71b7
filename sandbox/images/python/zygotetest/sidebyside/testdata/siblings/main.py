import helper, sys
from pack.inner import value
from pack import other
print(helper.answer(), value, other.__package__, helper.__file__, sorted(m for m in sys.modules if m.startswith(("pack", "helper"))))
import traceback
try:
    helper.fail()
except ZeroDivisionError:
    traceback.print_exc()
helper.fail()
