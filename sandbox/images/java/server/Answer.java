/**
 * What came of a compilation.
 *
 * @param status one of the constants below
 * @param mainClass the binary name of the class to start; empty unless OK
 * @param diagnostics what the compiler said
 * @param jar the classes; empty unless OK
 */
record Answer(int status, String mainClass, String diagnostics, byte[] jar) {
    static final int OK = 0;
    static final int COMPILE_ERROR = 1;
    static final int NO_MAIN_CLASS = 2;

    private static final byte[] NONE = new byte[0];

    static Answer ok(String mainClass, String diagnostics, byte[] jar) {
        return new Answer(OK, mainClass, diagnostics, jar);
    }

    static Answer failed(int status, String diagnostics) {
        return new Answer(status, "", diagnostics, NONE);
    }
}
