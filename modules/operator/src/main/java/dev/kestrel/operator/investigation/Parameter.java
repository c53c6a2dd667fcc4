package dev.kestrel.operator.investigation;

import java.util.regex.Pattern;

/**
 * One argument of a tool: what it may look like and what it is when it is left out.
 *
 * @param pattern the whole value must match
 * @param required true when there is no default
 * @param otherwise value when left out; may be empty
 */
record Parameter(String name, Pattern pattern, boolean required, String otherwise) {
    private static final int LONGEST = 512;
    private static final String LABEL = "[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?";
    private static final String SUBDOMAIN = LABEL + "(?:\\." + LABEL + "){0,60}";

    static Parameter required(String name, String pattern) {
        return new Parameter(name, Pattern.compile(pattern), true, "");
    }

    static Parameter optional(String name, String pattern, String otherwise) {
        return new Parameter(name, Pattern.compile(pattern), false, otherwise);
    }

    static final String NAMESPACE = LABEL;
    static final String OBJECT = SUBDOMAIN;
    static final String KIND = "[A-Z][A-Za-z]{0,62}";
    static final String CONTAINER = LABEL;
    static final String TRUTH = "true|false";

    /** Labels such as {@code app=cart,tier!=web}. */
    static final String SELECTOR =
            "[A-Za-z0-9][-A-Za-z0-9_./]{0,300}(?:!?=[-A-Za-z0-9_.]{0,63})?"
                    + "(?:,[A-Za-z0-9][-A-Za-z0-9_./]{0,300}(?:!?=[-A-Za-z0-9_.]{0,63})?){0,7}";

    /** A name as DNS has it; underscores for SRV. */
    static final String DNS_NAME =
            "(?=.{1,253}$)(?:_?[A-Za-z0-9](?:[-A-Za-z0-9]{0,61}[A-Za-z0-9])?\\.)*"
                    + "_?[A-Za-z0-9](?:[-A-Za-z0-9]{0,61}[A-Za-z0-9])?\\.?";

    static final String IP =
            "(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
                    + "|(?=[0-9a-fA-F:]*:[0-9a-fA-F:]*:)[0-9a-fA-F:]{2,39}";

    static final String PORT =
            "[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]";

    /** A whole number from 1 to 9, 99, 999 or the like. */
    static String number(int digits) {
        return "[1-9][0-9]{0," + (digits - 1) + "}";
    }

    boolean allows(String value) {
        return value.length() <= LONGEST && pattern.matcher(value).matches();
    }
}
