package io.pharos.stomp;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Tags;
import org.junit.jupiter.api.Test;

/**
 * The acceptance list of STOMP has 78 items, and each is the tag {@code stomp-NUMBER} of the tests
 * that show it: {@code mvn test -Dgroups=stomp-54} runs those of one.
 */
class ChecklistTest {
  private static final String PREFIX = "stomp-";

  /** The subprotocol is the container's to choose: StompIT, on a real server, has this tag. */
  private static final int SUBPROTOCOL = 30;

  @Test
  void everyItemHasATest() {
    Set<Integer> shown =
        new ClassFileImporter()
            .importPackagesOf(ChecklistTest.class).stream()
                .map(JavaClass::getMethods)
                .flatMap(Set::stream)
                .flatMap(ChecklistTest::tags)
                .filter(tag -> tag.startsWith(PREFIX))
                .map(tag -> Integer.valueOf(tag.substring(PREFIX.length())))
                .collect(Collectors.toCollection(TreeSet::new));

    assertThat(shown)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 78).filter(item -> item != SUBPROTOCOL).boxed().toList());
  }

  private static Stream<String> tags(JavaMethod method) {
    return Stream.concat(
        method.tryGetAnnotationOfType(Tag.class).stream().map(Tag::value),
        method.tryGetAnnotationOfType(Tags.class).stream()
            .flatMap(several -> Stream.of(several.value()))
            .map(Tag::value));
  }
}
