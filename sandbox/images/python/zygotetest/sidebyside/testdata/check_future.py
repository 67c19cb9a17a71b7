# mode: check
from __future__ import braces
