import ArgumentParser

/// Where more options of a service stand.
struct SettingsOptions: ParsableArguments {
  /// Read before the command line is: see ``Settings``.
  @Option(
    help: ArgumentHelp(
      "A file of these options, NAME = VALUE to a line, such as port = 8080. The command line goes "
        + "before the environment's SALDO_NAME, such as SALDO_PORT, and that before the file.",
      valueName: "file"))
  var settings: String?
}
