/// Loads a Data Stage: reads and joins all of it, then passes one event for each pedimento.
enum DataStage {
  static func load(
    _ archive: ZipArchive, _ limits: FileLimits, into sink: inout some InboundSink
  ) throws -> FileSummary {
    let safety = ZipSafety(archive: archive, limits: limits)
    var tables: [DataStageTable] = []
    var ignored: [String] = []
    for member in try safety.members() where member.name.last != UInt8(ascii: "/") {
      let name = String(decoding: member.name, as: UTF8.self)
      guard let file = DataStageFile(memberName: member.name) else {
        ignored.append("\(name): not used")
        continue
      }
      let bytes = try safety.bytes(of: member)
      try tables.append(
        DataStageTable(file: file, name: name, archive: archive.name, bytes: bytes))
    }
    guard tables.contains(where: { $0.file == .general || $0.file == .partidas }) else {
      throw InputFileError(
        file: archive.name, code: .unknownFormat,
        detail: "a ZIP without the files of a Data Stage ({folio}_501.asc, {folio}_551.asc)")
    }
    var events = DataStageEvents(DataStageJoin(tables))
    try events.pass(into: &sink)
    return FileSummary(
      format: .dataStage, events: events.count, ignored: ignored + events.notes)
  }
}
