package io.pharos.sockjs;

/**
 * How one way of receiving puts frames on the wire.
 *
 * @param contentType of the answer
 * @param prelude comes before the first frame; may be empty
 * @param before what stands before each frame
 * @param after what stands behind it
 * @param quoting how a frame's text is written in between
 * @param probe shows whether the connection takes something, and tells the client nothing
 */
record Framing(
    String contentType,
    String prelude,
    String before,
    String after,
    Quoting quoting,
    String probe) {
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
    return of("", "", "", "", Quoting.VERBATIM);
  }

  /**
   * Clients read a poll's answer line by line, as they do a stream's, so heart-beats may precede
   * the frame that ends it. SockJS' own client skips empty lines too; others take them for frames.
   */
  static Framing xhr() {
    return of(SCRIPT, "", "", "\n", Quoting.VERBATIM);
  }

  /** The prelude makes browsers hand out what follows. */
  static Framing xhrStreaming() {
    return of(SCRIPT, "h".repeat(2048) + "\n", "", "\n", Quoting.VERBATIM);
  }

  static Framing eventSource() {
    return of("text/event-stream", "\r\n", "data: ", "\r\n\r\n", Quoting.VERBATIM);
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
    return of(
        "text/html; charset=UTF-8",
        page + " ".repeat(1024) + "\r\n\r\n",
        "<script>\np(",
        ");\n</script>\r\n",
        Quoting.SCRIPT_STRING_IN_PAGE);
  }

  /**
   * The comment in front keeps the answer from being taken for something other than a script.
   * Clients take the callback away when it is called: no frame may precede the one that matters.
   */
  static Framing jsonp(Callback callback) {
    return new Framing(
        SCRIPT, "", "/**/" + callback.name() + "(", ");\r\n", Quoting.SCRIPT_STRING, "\r\n");
  }

  /** Probed by heart-beats. */
  private static Framing of(
      String contentType, String prelude, String before, String after, Quoting quoting) {
    String beat = before + quoting.write(Frame.HEARTBEAT.text()) + after;
    return new Framing(contentType, prelude, before, after, quoting, beat);
  }

  String write(Frame frame) {
    return before + quoting.write(frame.text()) + after;
  }
}
