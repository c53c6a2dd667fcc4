package dev.kestrel.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * House rules that a formatter cannot see. Each message says what to do, because that is all its
 * reader wants.
 */
class TidyTest {
    private static final int FILE_LINES = 300;
    private static final int METHOD_LINES = 40;
    private static final int PARAMETERS = 7;
    private static final int VERTICLE_LINES = 200;
    private static final Pattern VAGUE_NAME =
            Pattern.compile(
                    ".*(Manager|Helper|Utils?|Processor|Info|Data|Impl)|(Abstract|Base)[A-Z].*");

    /** Words of Kubernetes: a field manager is what server-side apply calls it. */
    private static final Set<String> NOT_OUR_WORDS = Set.of("FieldManager");

    private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");

    @Test
    void sourcesAreTidy() {
        var complaints = new ArrayList<String>();
        for (var file : Repository.mainSources()) {
            var name = Repository.ROOT.relativize(file).toString();
            complaints.addAll(complaintsAbout(name, Repository.read(file)));
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        assertThat(Repository.mainSources().stream().map(Path::getParent).distinct())
                .allSatisfy(
                        folder -> {
                            var said = folder.resolve("package-info.java");
                            assertThat(said).exists();
                            assertThat(Files.readString(said)).contains("/**", "@NullMarked");
                        });
    }

    @Test
    void eachRuleSeesItsOffence() {
        assertThat(complaintsAbout("A.java", "class Helper {}")).hasSize(1);
        assertThat(complaintsAbout("A.java", "\n".repeat(301) + "class A {}")).hasSize(1);
        assertThat(complaintsAbout("A.java", "class A { void a() {" + "\n".repeat(41) + "} }"))
                .hasSize(1);
        assertThat(
                        complaintsAbout(
                                "A.java",
                                "class A { void a(int b, int c, int d, int e, int f, int g, int h,"
                                        + " int i) {} }"))
                .hasSize(1);
        assertThat(complaintsAbout("A.java", "public class A {}")).hasSize(1);
        assertThat(complaintsAbout("A.java", "class A { /* TO" + "DO */ }")).hasSize(1);
        assertThat(complaintsAbout("AVerticle.java", "class AVerticle {}" + "\n".repeat(201)))
                .hasSize(1);
    }

    private static List<String> complaintsAbout(String name, String source) {
        var complaints = new ArrayList<String>();
        var lines = source.lines().count();
        if (lines > FILE_LINES) {
            complaints.add(name + ": split this file by responsibility (" + lines + " lines)");
        }
        if (name.endsWith("Verticle.java") && lines > VERTICLE_LINES) {
            complaints.add(name + ": a decision is hiding in this verticle (" + lines + " lines)");
        }
        if (UNFINISHED.matcher(source).find()) {
            complaints.add(name + ": finish it or open an issue, but leave no mark");
        }
        parse(name, source, complaints);
        return complaints;
    }

    private static void parse(String name, String source, List<String> complaints) {
        var file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        var task =
                (JavacTask)
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(
                                        null,
                                        null,
                                        null,
                                        List.of("-proc:none"),
                                        null,
                                        List.of(file));
        try {
            for (var unit : task.parse()) {
                new Inspector(name, unit, Trees.instance(task), complaints).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Inspector extends TreePathScanner<Void, Void> {
        private final String file;
        private final CompilationUnitTree unit;
        private final Trees trees;
        private final List<String> complaints;

        private Inspector(
                String file, CompilationUnitTree unit, Trees trees, List<String> complaints) {
            this.file = file;
            this.unit = unit;
            this.trees = trees;
            this.complaints = complaints;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (length(method) > METHOD_LINES) {
                complain(
                        method, "shorten %s to %d lines".formatted(method.getName(), METHOD_LINES));
            }
            if (method.getParameters().size() > PARAMETERS
                    && !method.getName().contentEquals("<init>")) {
                complain(
                        method,
                        "%s has too many parameters: they want to be a record"
                                .formatted(method.getName()));
            }
            return super.visitMethod(method, null);
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            var name = type.getSimpleName().toString();
            if (VAGUE_NAME.matcher(name).matches() && !NOT_OUR_WORDS.contains(name)) {
                complain(type, "name %s after what it is (docs/dictionary.md)".formatted(name));
            }
            var topLevel =
                    getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree;
            if (topLevel
                    && type.getModifiers().getFlags().contains(Modifier.PUBLIC)
                    && trees.getDocComment(getCurrentPath()) == null) {
                complain(type, "say in a comment what %s is for".formatted(name));
            }
            return super.visitClass(type, null);
        }

        private void complain(Tree tree, String advice) {
            complaints.add("%s:%d: %s".formatted(file, line(tree), advice));
        }

        private long line(Tree tree) {
            return unit.getLineMap()
                    .getLineNumber(trees.getSourcePositions().getStartPosition(unit, tree));
        }

        private long length(Tree tree) {
            return unit.getLineMap()
                            .getLineNumber(trees.getSourcePositions().getEndPosition(unit, tree))
                    - line(tree)
                    + 1;
        }
    }
}
