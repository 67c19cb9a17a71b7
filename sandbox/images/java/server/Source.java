/** One source file of a request. */
record Source(String name, String content) {}
