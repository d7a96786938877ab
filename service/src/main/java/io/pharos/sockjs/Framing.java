package io.pharos.sockjs;

/**
 * How one way of receiving puts frames on the wire.
 *
 * @param contentType of the answer
 * @param prelude comes before the first frame; may be empty
 * @param before what stands before each frame
 * @param after what stands behind it
 * @param quoting how a frame's text is written in between
 */
record Framing(String contentType, String prelude, String before, String after, Quoting quoting) {
  private static final String SCRIPT = "application/javascript; charset=UTF-8";

  /** A frame's text within what surrounds it. */
  private enum Quoting {
    VERBATIM {
      @Override
      String write(String frame) {
        return frame;
      }
    },
    SCRIPT_STRING {
      @Override
      String write(String frame) {
        return new JsonText("").string(frame).toString();
      }
    },
    /** Within a page nothing may look like the end of the script. */
    SCRIPT_STRING_IN_PAGE {
      @Override
      String write(String frame) {
        return SCRIPT_STRING.write(frame).replace("<", "\\u003c");
      }
    };

    abstract String write(String frame);
  }

  /** A WebSocket has frames of its own. */
  static Framing webSocket() {
    return new Framing("", "", "", "", Quoting.VERBATIM);
  }

  static Framing xhr() {
    return new Framing(SCRIPT, "", "", "\n", Quoting.VERBATIM);
  }

  /** The prelude makes browsers hand out what follows. */
  static Framing xhrStreaming() {
    return new Framing(SCRIPT, "h".repeat(2048) + "\n", "", "\n", Quoting.VERBATIM);
  }

  static Framing eventSource() {
    return new Framing("text/event-stream", "\r\n", "data: ", "\r\n\r\n", Quoting.VERBATIM);
  }

  static Framing htmlFile(Callback callback) {
    String page =
        """
        <!doctype html>
        <html><head>
          <meta http-equiv="X-UA-Compatible" content="IE=edge" />
          <meta http-equiv="Content-Type" content="text/html; charset=UTF-8" />
        </head><body><h2>Don't panic!</h2>
          <script>
            document.domain = document.domain;
            var c = parent.%s;
            c.start();
            function p(d) {c.message(d);};
            window.onload = function() {c.stop();};
          </script>
        """
            .stripTrailing()
            .formatted(callback.name());
    return new Framing(
        "text/html; charset=UTF-8",
        page + " ".repeat(1024) + "\r\n\r\n",
        "<script>\np(",
        ");\n</script>\r\n",
        Quoting.SCRIPT_STRING_IN_PAGE);
  }

  /** The comment in front keeps the answer from being taken for something other than a script. */
  static Framing jsonp(Callback callback) {
    return new Framing(SCRIPT, "", "/**/" + callback.name() + "(", ");\r\n", Quoting.SCRIPT_STRING);
  }

  String write(Frame frame) {
    return before + quoting.write(frame.text()) + after;
  }
}
