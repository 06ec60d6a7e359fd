import ArgumentParser

/// Where more options of a service stand.
struct SettingsOptions: ParsableArguments {
  /// Read before the command line is: see ``Settings``.
  @Option(
    help: ArgumentHelp(
      "A file of these options, one NAME = VALUE per line, such as port = 8080. The command line "
        + "takes precedence over variables, such as SALDO_PORT, and those over the file.",
      valueName: "file"))
  var settings: String?
}
