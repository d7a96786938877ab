package io.pharos.cli;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Numbers, with a sentence for what is none.
 *
 * @param kind what it should be, in words
 */
record NumberConverter<T extends Number>(Function<String, T> parse, String kind)
    implements ITypeConverter<T> {

  static <T extends Number> NumberConverter<T> whole(Function<String, T> parse) {
    return new NumberConverter<>(parse, "whole number");
  }

  @Override
  public T convert(String value) {
    try {
      return parse.apply(value);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + value + "' is not a " + kind);
    }
  }
}
