package dev.kestrel.operator.redaction;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Made-up secrets of every shape that is known, and the forms in which programs print them. None is
 * real; each is put together here, so that no scanner takes this file for a leak.
 */
final class Secrets {
    private static final String LETTERS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String HEX = "0123456789abcdef";

    private final Random random;

    Secrets(long seed) {
        random = new Random(seed);
    }

    /** Known by their shape alone, wherever they stand; by name of the shape. */
    Map<String, String> shaped() {
        var all = new LinkedHashMap<String, String>();
        all.put("aws access key", "AKIA" + draw(LOWER, 16).toUpperCase(java.util.Locale.ROOT));
        all.put("aws secret key", entropic(40));
        all.put("gcp api key", "AIza" + draw(LETTERS, 35));
        all.put("gcp oauth", "ya29." + draw(LETTERS, 60));
        all.put("gcp client secret", "GOCSPX-" + draw(LETTERS, 28));
        all.put("azure storage key", entropic(86) + "==");
        all.put("azure client secret", draw(LETTERS, 3) + "8Q~" + draw(LETTERS, 34));
        all.put("github", "ghp_" + draw(LETTERS, 36));
        all.put("github fine grained", "github_pat_" + draw(LETTERS, 60));
        all.put("gitlab", "glpat-" + draw(LETTERS, 20));
        all.put("gitlab runner", "glrt-" + draw(LETTERS, 20));
        all.put("slack", "xoxb-" + draw("0123456789", 12) + "-" + draw(LETTERS, 24));
        all.put("slack app", "xapp-1-" + draw(LETTERS, 40));
        all.put("stripe", "sk_live_" + draw(LETTERS, 24));
        all.put("stripe restricted", "rk_live_" + draw(LETTERS, 24));
        all.put("npm", "npm_" + draw(LETTERS, 36));
        all.put("pypi", "pypi-" + draw(LETTERS, 80));
        all.put("openai", "sk-proj-" + draw(LETTERS, 48));
        all.put("hugging face", "hf_" + draw(LETTERS, 34));
        all.put("vault", "hvs." + draw(LETTERS, 40));
        all.put("sendgrid", "SG." + draw(LETTERS, 22) + "." + draw(LETTERS, 43));
        all.put("telegram", draw("123456789", 10) + ":AA" + draw(LETTERS, 33));
        all.put("age", "AGE-SECRET-KEY-1" + draw("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58));
        all.put("jwt", jwt());
        all.put("high entropy", entropic(48));
        return all;
    }

    /** A password of nothing but letters and digits: only what is around it says what it is. */
    String password() {
        return draw(LOWER, 3) + "Zq" + draw(LETTERS, 7);
    }

    /** Forms in which a program shows a password, by name; {@code %s} is where it stands. */
    static Map<String, String> forms() {
        var all = new LinkedHashMap<String, String>();
        all.put("env", "DB_PASSWORD=%s");
        all.put("export", "export API_TOKEN='%s' && run");
        all.put("long env name", "SECRET_OF_THE_PAYMENT_PROVIDER_IN_EUROPE=%s next");
        all.put("json", "{\"password\":\"%s\",\"user\":\"app\"}");
        all.put("json with spaces", "{\"user\":\"a\", \"clientSecret\" : \"%s\"}");
        all.put("json in json", "{\"msg\":\"{\\\"apiKey\\\":\\\"%s\\\"}\"}");
        all.put("json cut off", "{\"user\":\"a\",\"password\":\"%s");
        all.put("json with a quote", "{\"password\":\"a\\\"%s\",\"user\":\"app\"}");
        all.put("json list", "{\"tokens\":[\"%s\",\"x\"]}");
        all.put("json object", "{\"credentials\":{\"user\":\"a\",\"value\":\"%s\"}}");
        all.put("json auth of docker", "{\"auths\":{\"r.io\":{\"auth\":\"%s\"}}}");
        all.put("yaml", "password: %s");
        all.put("yaml quoted", "  api-key: '%s'");
        all.put("yaml block", "secret: |\n  %s\nnext: 1");
        all.put("flag with equals", "--db-password=%s --port=80");
        all.put("flag with space", "run --password %s --port 80");
        all.put("flag quoted", "run --token \"%s\" -v");
        all.put("curl", "curl -u admin:%s http://db/");
        all.put("mysql", "mysql -h db -u root -p%s shop");
        all.put("redis", "redis-cli -h cache -a %s ping");
        all.put("sshpass", "sshpass -p %s ssh host");
        all.put("url", "GET https://user:%s@registry.shop/v2/ 401");
        all.put("postgres", "postgres://app:%s@db:5432/shop?sslmode=disable");
        all.put("mongo", "mongodb+srv://root:%s@mongo/admin");
        all.put("redis url", "redis://:%s@cache:6379");
        all.put("jdbc", "jdbc:postgresql://db/shop?user=app&password=%s");
        all.put("dsn", "host=db user=app password=%s dbname=shop");
        all.put("odbc", "Server=db;Uid=sa;Pwd=%s;Timeout=5");
        all.put("azure", "DefaultEndpointsProtocol=https;AccountKey=%s;EndpointSuffix=x");
        all.put("sas", "https://x.blob.core.windows.net/c?sv=1&sig=%s&se=2");
        all.put("bearer", "Authorization: Bearer %s");
        all.put("basic", "authorization=Basic %s");
        all.put("header", "x-api-key: %s");
        all.put("header in json", "{\"headers\":{\"Authorization\":[\"Token %s\"]}}");
        all.put("cookie", "Set-Cookie: session=%s; Path=/");
        all.put("kubeconfig", "    client-key-data: %s");
        all.put("kubeconfig token", "users: [{name: a, user: {token: %s}}]");
        all.put("go struct", "Config{User:app Password:%s Port:80}");
        all.put("ruby", ":password=>\"%s\"");
        all.put("python", "{'passwd': '%s', 'port': 80}");
        all.put("slack webhook", "https://hooks.slack.com/services/T00/B00/%sAAAA");
        all.put("discord webhook", "https://discord.com/api/webhooks/123456/%sAAAA");
        all.put("pem", pem("%s"));
        all.put("pem on one line", pem("%s").replace("\n", "\\n"));
        return all;
    }

    /** A private key with a text in it. */
    static String pem(String inside) {
        return "-----BEGIN RSA "
                + "PRIVATE KEY-----\nMIIE\n"
                + inside
                + "\n-----END RSA "
                + "PRIVATE KEY-----";
    }

    private String jwt() {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        var claims = "{\"sub\":\"system:serviceaccount:shop:%s\"}".formatted(draw(LOWER, 8));
        return encoder.encodeToString(
                        "{\"alg\":\"RS256\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + "."
                + encoder.encodeToString(claims.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + "."
                + draw(LETTERS, 43);
    }

    /** Random letters of both cases and digits, with at least three of each. */
    private String entropic(int length) {
        return "aB3cD4eF5" + draw(LETTERS, length - 9);
    }

    String draw(String from, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(from.charAt(random.nextInt(from.length())));
        }
        return text.toString();
    }

    String hex(int length) {
        return draw(HEX, length);
    }
}
