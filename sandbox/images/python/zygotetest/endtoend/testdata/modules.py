import sys
print(list(sys.modules))
print(sys.meta_path, sys.path_hooks)
print(list(sys.path_importer_cache))
