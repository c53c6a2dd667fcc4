package dev.kestrel.operator.redaction;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One shape that a secret takes in text. The order of {@link #ALL} matters: what carries a host or
 * a key name worth keeping is looked for before the bare shapes.
 *
 * @param name stands in the place of what was taken out
 * @param mark texts of which one must occur for the pattern to be tried; empty means always
 * @param replacement what to put there, groups by {@code $n}
 */
record SecretPattern(String name, List<String> mark, Pattern pattern, String replacement) {
    /**
     * Random text next to "Basic" or "Bearer", as opposed to a word: a digit, a sign of base64, a
     * capital inside, or more letters than a word has.
     */
    private static final String RANDOM = "(?=\\S{0,200}?(?:[0-9=]|[a-z][A-Z])|\\S{20})";

    private static final String SECRET_NAME =
            "(?:passw(?:or)?d|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key"
                + "|account[_-]?key|client[_-]?key|credentials?|signature|\\bsig|(?<=\")auth(?=\\\\?\"))";

    /** What comes after the name where only the name of a secret follows, or how long it lasts. */
    private static final String NO_VALUE =
            "(?!s?(?-i:Name|Ref|KeyRef|ExpirationSeconds)\\b|s? (?:key|name)\\b)";

    /** Kubernetes tells so of a volume that happens to be called like a secret. */
    private static final String NO_SECRET =
            "(?!\\[redacted|(?:true|false|null|none|nil)\\b|(?:secret|configmap)s? \"|references )";

    /**
     * Quoted, listed, in braces, as a block of YAML, or up to the next sign; its end may be cut.
     */
    private static final String VALUE =
            "(?:\\\\\"(?:[^\"\\\\]++|\\\\(?!\"))*+\\\\?(?:\"|\\z)"
                    + "|\"(?:[^\"\\\\]++|\\\\.)*+(?:\"|\\\\?\\z)"
                    + "|'(?:[^'\\\\]++|\\\\.|'')*+(?:'|\\\\?\\z)"
                    + "|\\[(?!redacted)[^\\]]*+(?:\\]|\\z)|\\{[^}]*+(?:\\}|\\z)"
                    + "|[|>][+-]?[ \\t]*\\n(?:[ \\t]+[^\\n]*+\\n?)+"
                    + "|[^\\s,;&\"'})\\]]+)";

    static final List<SecretPattern> ALL =
            List.of(
                    of(
                            "private-key",
                            "-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----"
                                    + "(?s:.*?)(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|\\z)",
                            "[redacted:private-key]",
                            "PRIVATE KEY"),
                    of(
                            "connection-string",
                            "(?i)\\b((?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\\+srv)?|rediss?|amqps?"
                                + "|nats|mssql|sqlserver|clickhouse)://)[^\\s@\"']{0,200}:"
                                + "[^\\s\"']{0,200}@",
                            "$1[redacted:credentials]@",
                            "://"),
                    of(
                            "url-credentials",
                            "([A-Za-z][A-Za-z0-9+.-]{1,30}://)[^\\s/@:\"'\\[]{0,200}:"
                                    // Cut before the host: but a port says nothing of anybody.
                                    + "(?:[^\\s/@\"']{1,200}@|(?![0-9]{1,5}\\z)[^\\s/@\"']{1,200}\\z)",
                            "$1[redacted:credentials]@",
                            "://"),
                    of(
                            "webhook",
                            "(hooks\\.slack\\.com/(?:services|workflows)/"
                                    + "|discord(?:app)?\\.com/api/webhooks/"
                                    + "|webhook\\.office\\.com/webhookb2/)[A-Za-z0-9/@_-]{8,}",
                            "$1[redacted:webhook]",
                            "hooks.slack.com",
                            "/webhook"),
                    of(
                            "header",
                            "(?i)\\b((?:proxy-)?authorization|x-api-key|x-auth-token|x-amz-security-token|set-cookie|cookie)([\"']?\\s{0,3}[:=]\\s{0,3}[\"'\\[]{0,2})(?!\\[redacted)[^\\r"
                                + "\\n"
                                + "\"'\\]]{3,}",
                            "$1$2[redacted:header]"),
                    of(
                            "credentials",
                            "(?i)\\b(bearer|basic)\\s{1,3}(?-i:"
                                    + RANDOM
                                    + ")[A-Za-z0-9._~+/=-]{8,}",
                            "$1 [redacted:credentials]"),
                    of(
                            "jwt",
                            "\\beyJ[A-Za-z0-9_-]{5,}\\.[A-Za-z0-9_-]{5,}(?:\\.[A-Za-z0-9_-]*){0,3}",
                            "[redacted:jwt]",
                            "eyJ"),
                    of(
                            "cloud-key",
                            "\\b(?:AKIA|ASIA|AGPA|AIDA|AROA|ANPA|ANVA|ABIA|ACCA)[A-Z0-9]{16}\\b"
                                    + "|\\bAIza[0-9A-Za-z_-]{30,}|\\bya29\\.[0-9A-Za-z_-]{20,}"
                                    + "|\\bGOCSPX-[0-9A-Za-z_-]{20,}"
                                    + "|\\b[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}"
                                    + "|(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==",
                            "[redacted:cloud-key]"),
                    of(
                            "api-key",
                            "\\b(?:gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}"
                                + "|gl(?:pat|rt|dt|ptt|cbt|soat)-[A-Za-z0-9_-]{15,}|xox[abeprs]-[A-Za-z0-9-]{8,}"
                                + "|xapp-[A-Za-z0-9-]{8,}|[rsp]k_(?:live|test)_[A-Za-z0-9]{10,}"
                                + "|whsec_[A-Za-z0-9+/=]{10,}|npm_[A-Za-z0-9]{30,}"
                                + "|SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}"
                                + "|sk-[A-Za-z0-9_-]{20,}|hv[sbr]\\.[A-Za-z0-9_-]{20,}"
                                + "|dop_v1_[a-f0-9]{20,}|pypi-[A-Za-z0-9_-]{20,}"
                                + "|hf_[A-Za-z0-9]{30,}|dapi[a-f0-9]{32}"
                                + "|[0-9]{8,10}:AA[A-Za-z0-9_-]{33}"
                                + "|AGE-SECRET-KEY-1[A-Z0-9]{50,}|SK[0-9a-f]{32})",
                            "[redacted:api-key]"),
                    of(
                            "secret",
                            "(?i)("
                                    + SECRET_NAME
                                    + NO_VALUE
                                    + "[\\w.-]{0,60}(?:\\\\?[\"'])?\\s{0,3}(?:=>|[:=])\\s{0,3})"
                                    + NO_SECRET
                                    + VALUE,
                            "$1[redacted:secret]"),
                    of(
                            "flag",
                            "(?i)((?:^|\\s)--?(?:[a-z0-9]+-){0,5}"
                                    + SECRET_NAME
                                    + "\\s{1,3})(?![-\\[])(?:\"[^\"]*+(?:\"|\\z)|'[^']*+(?:'|\\z)|\\S+)",
                            "$1[redacted:secret]",
                            "-"),
                    of(
                            "login",
                            "(\\bcurl\\b[^\\n|;]{0,300}?\\s(?:-u|--user)\\s{0,3}[^\\s:]{1,100}:"
                                    + "|\\b(?:mysql|mariadb)[a-z]{0,9}\\b[^\\n|;]{0,300}?\\s-p"
                                    + "|\\bredis-cli\\b[^\\n|;]{0,300}?\\s-a\\s{1,3}"
                                    + "|\\bsshpass\\s{1,3}-p\\s{0,3})(?!\\[redacted)\\S{2,}",
                            "$1[redacted:secret]",
                            "curl",
                            "mysql",
                            "mariadb",
                            "redis-cli",
                            "sshpass"),
                    of(
                            "random",
                            "(?<![A-Za-z0-9+/_.=-])(?=[A-Za-z0-9+_-]{0,200}?[a-z])"
                                    + "(?=[A-Za-z0-9+_-]{0,200}?[A-Z])"
                                    + "(?=(?:[A-Za-z+_-]{0,60}[0-9]){3})[A-Za-z0-9+_-]{32,}={0,2}"
                                    + "(?![A-Za-z0-9/.])"
                                    + "|(?<![A-Za-z0-9+/_.=-])(?=[A-Za-z0-9+/]{0,39}?[a-z])"
                                    + "(?=[A-Za-z0-9+/]{0,39}?[A-Z])"
                                    + "(?=(?:[A-Za-z+/]{0,37}[0-9]){3})[A-Za-z0-9+/]{40}"
                                    + "(?![A-Za-z0-9+/=._-])",
                            "[redacted:random]"),
                    of(
                            "email",
                            "[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\\.){1,8}[A-Za-z]{2,24}\\b(?!\\()",
                            "[redacted:email]",
                            "@"));

    private static SecretPattern of(
            String name, String pattern, String replacement, String... mark) {
        return new SecretPattern(name, List.of(mark), Pattern.compile(pattern), replacement);
    }

    boolean mayOccurIn(String text) {
        return mark.isEmpty() || mark.stream().anyMatch(text::contains);
    }

    /** A name that says that its value is a secret, as of an environment variable. */
    static boolean saysSecret(String name) {
        return NAME.matcher(name).find();
    }

    private static final Pattern NAME =
            Pattern.compile(
                    "(?i)"
                            + SECRET_NAME
                            + "|(?:^|[_.-])(?:auth|pass|dsn|jwt|cookie|salt)(?:$|[_.-])"
                            + "|conn(?:ection)?[_-]?str(?:ing)?");
}
