/// Loads a Data Stage: reads and joins all of it, then passes one event for each pedimento.
enum DataStage {
  static func load(
    _ archive: ZipArchive, _ limits: FileLimits, into sink: inout some InboundSink
  ) throws -> FileSummary {
    let safety = ZipSafety(archive: archive, limits: limits)
    var tables: [DataStageTable] = []
    var unused: [String] = []
    var names: [[UInt8]] = []
    var notes = FileNotes()
    for member in try safety.members() where member.name.last != UInt8(ascii: "/") {
      let name = String(decoding: member.name, as: UTF8.self)
      names.append(member.name)
      guard let (file, folio) = DataStageFile.named(member.name) else {
        if let code = DataStageFile.unusedCode(member.name) {
          unused.append(code)
        } else {
          try notes.add(
            FileNote(.memberUnknown, member: name, detail: "no file of a Data Stage: not used"),
            into: &sink)
        }
        continue
      }
      let bytes = try safety.bytes(of: member)
      if bytes.isEmpty {
        try notes.add(
          FileNote(.memberEmpty, member: name, detail: "a file of 0 bytes"), into: &sink)
      }
      do {
        try tables.append(
          DataStageTable(
            file: file, folio: folio, name: name, archive: archive.name, bytes: bytes))
      } catch let error as InputFileError where file.isOfDetails {
        try notes.add(
          FileNote(.memberUnused, member: name, detail: "not used: \(error.detail)"), into: &sink)
      }
    }
    guard tables.contains(where: { $0.file == .general || $0.file == .partidas }) else {
      throw InputFileError(
        file: archive.name, code: .unknownFormat,
        detail: "a ZIP without the files of a Data Stage ({folio}_501.asc, {folio}_551.asc)"
          + (ForeignFormat.advice(members: names).map { "; \($0)" } ?? ""))
    }
    if !unused.isEmpty {
      let codes = Set(unused).sorted().joined(separator: ", ")
      try notes.add(
        FileNote(.memberUnused, count: unused.count, detail: "files that are not used: \(codes)"),
        into: &sink)
    }
    var count = 0
    for extract in extracts(of: tables) {
      var events = DataStageEvents(DataStageJoin(extract))
      try events.pass(into: &sink)
      count += events.count
      for note in events.notes { try notes.add(note, into: &sink) }
    }
    try notes.finish(into: &sink)
    return FileSummary(format: .dataStage, events: count, notes: notes.summary)
  }

  /// The extracts that one ZIP holds, by their folios: each was executed on its own, and says of a
  /// pedimento what the others may say otherwise.
  ///
  /// A folio without a 501 is no extract by itself: its files are of the first one that lacks them.
  private static func extracts(of tables: [DataStageTable]) -> [[DataStageTable]] {
    var folios: [String] = []
    for table in tables where !folios.contains(table.folio) { folios.append(table.folio) }
    let groups = folios.map { folio in tables.filter { $0.folio == folio } }
    var extracts = groups.filter { $0.contains { $0.file == .general } }
    for rest in groups where !rest.contains(where: { $0.file == .general }) {
      let files = Set(rest.map(\.file))
      let lacking = extracts.firstIndex { $0.allSatisfy { !files.contains($0.file) } }
      if let lacking { extracts[lacking] += rest } else { extracts.append(rest) }
    }
    return extracts
  }
}
