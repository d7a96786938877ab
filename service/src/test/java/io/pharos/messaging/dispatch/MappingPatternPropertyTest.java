package io.pharos.messaging.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MappingPatternPropertyTest {
  /** Few parts, so that names and patterns often meet. */
  @Provide
  Arbitrary<List<List<String>>> names() {
    return Arbitraries.of("a", "b")
        .list()
        .ofMinSize(1)
        .ofMaxSize(2)
        .list()
        .ofMinSize(1)
        .ofMaxSize(2);
  }

  @Provide
  Arbitrary<MappingPattern> patterns() {
    return Arbitraries.of("a", "b", "{}")
        .list()
        .ofMinSize(1)
        .ofMaxSize(2)
        .list()
        .ofMinSize(1)
        .ofMaxSize(2)
        .map(MappingPatternPropertyTest::withNames)
        .map(segments -> MappingPattern.parse(joined(segments)));
  }

  /** Gives each variable a name of its own. */
  private static List<List<String>> withNames(List<List<String>> segments) {
    int[] count = {0};
    return segments.stream()
        .map(
            parts -> parts.stream().map(p -> p.equals("{}") ? "{v" + count[0]++ + "}" : p).toList())
        .toList();
  }

  private static String joined(List<List<String>> segments) {
    return String.join("/", segments.stream().map(parts -> String.join(".", parts)).toList());
  }

  private static boolean fits(MappingPattern pattern, List<List<String>> name) {
    return pattern.match(joined(name)) != null;
  }

  /** Every name that the other providers can make. */
  private static List<List<List<String>>> allNames() {
    List<List<String>> segments =
        List.of(
            List.of("a"),
            List.of("b"),
            List.of("a", "a"),
            List.of("a", "b"),
            List.of("b", "a"),
            List.of("b", "b"),
            List.of("c"),
            List.of("c", "c", "c"));
    var names = new ArrayList<List<List<String>>>();
    for (List<String> one : segments) {
      names.add(List.of(one));
      segments.forEach(two -> names.add(List.of(one, two)));
    }
    return names;
  }

  @Property
  void patternFitsItsOwnFillingAndGivesItsVariablesBack(
      @ForAll("patterns") MappingPattern pattern, @ForAll("names") List<List<String>> values) {
    var filled = new LinkedHashMap<String, String>();
    String name = pattern.toString();
    for (String variable : pattern.variables()) {
      String value = values.getFirst().get(filled.size() % values.getFirst().size());
      filled.put(variable, value);
      name = name.replace("{" + variable + "}", value);
    }

    Map<String, String> found = pattern.match(name);

    assertThat(found).isNotNull().containsExactlyEntriesOf(filled);
  }

  @Property
  void patternIsReadFromWhatItPrints(@ForAll("patterns") MappingPattern pattern) {
    assertThat(MappingPattern.parse(pattern.toString())).isEqualTo(pattern);
    assertThat(MappingPattern.parse("/" + pattern)).isEqualTo(pattern);
  }

  @Property
  void whatIsMoreSpecificFitsLess(
      @ForAll("patterns") MappingPattern one, @ForAll("patterns") MappingPattern two) {
    List<List<List<String>>> ofOne = allNames().stream().filter(n -> fits(one, n)).toList();
    List<List<List<String>>> ofTwo = allNames().stream().filter(n -> fits(two, n)).toList();

    boolean less = ofTwo.containsAll(ofOne) && ofOne.size() < ofTwo.size();

    assertThat(one.isMoreSpecificThan(two)).isEqualTo(less);
    assertThat(one.isMoreSpecificThan(two) && two.isMoreSpecificThan(one)).isFalse();
  }

  @Property
  void patternsOverlapWhenANameFitsBoth(
      @ForAll("patterns") MappingPattern one, @ForAll("patterns") MappingPattern two) {
    boolean both = allNames().stream().anyMatch(name -> fits(one, name) && fits(two, name));

    assertThat(one.overlaps(two)).isEqualTo(both);
    assertThat(two.overlaps(one)).isEqualTo(both);
  }
}
