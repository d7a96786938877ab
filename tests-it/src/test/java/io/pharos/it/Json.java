package io.pharos.it;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A JSON object whose members must be there when they are asked for. */
record Json(Map<String, Object> members) {

  static Json parse(String text) {
    try {
      return new Json(JSONObjectUtils.parse(text));
    } catch (ParseException e) {
      throw new AssertionError("not a JSON object: " + text, e);
    }
  }

  /** The objects of a text with one on each line. */
  static List<Json> parseLines(String text) {
    return text.lines().map(Json::parse).toList();
  }

  Set<String> names() {
    return members.keySet();
  }

  String text(String name) {
    return (String) member(name);
  }

  long number(String name) {
    return ((Number) member(name)).longValue();
  }

  boolean flag(String name) {
    return (Boolean) member(name);
  }

  Json object(String name) {
    return of(member(name));
  }

  List<Json> objects(String name) {
    var objects = new ArrayList<Json>();
    for (Object element : (List<?>) member(name)) {
      objects.add(of(element));
    }
    return objects;
  }

  /** A member's text in each of a list's objects. */
  List<String> texts(String list, String name) {
    return objects(list).stream().map(object -> object.text(name)).toList();
  }

  private static Json of(Object value) {
    Map<String, Object> members = new LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((name, member) -> members.put((String) name, member));
    return new Json(members);
  }

  private Object member(String name) {
    Object member = members.get(name);
    if (member == null) {
      throw new AssertionError("no member '" + name + "' in " + members);
    }
    return member;
  }
}
