/** What tests of every module share: waiting, fakes of the domain's ports, and contract tests. */
@NullMarked
package dev.kestrel.testkit;

import org.jspecify.annotations.NullMarked;
