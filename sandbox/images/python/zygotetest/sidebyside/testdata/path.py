import sys
print(sys.path, sys.path_importer_cache.keys(), sys.meta_path, [h.__name__ for h in sys.path_hooks])
import site
print(site.USER_BASE, site.USER_SITE, site.ENABLE_USER_SITE, site.PREFIXES)
