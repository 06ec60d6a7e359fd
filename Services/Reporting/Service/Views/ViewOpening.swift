import ReportingRules
import SQLite

/// Finds the view of a report at the moment of an export, and makes it where there is none.
struct ViewOpening: Sendable {
  let export: ReportExport
  let file: ReportFile
  let memory: ViewMemory

  /// What of an answer is said of its moment.
  struct Moment {
    var corte: Corte
    var head: MomentHead?
  }

  /// Lends the view, whose folder stays while it is lent.
  ///
  /// - Throws: ``ReportingError``, ``MomentError``, what SQLite reports, or what `body` throws.
  func read<Answer>(_ body: (ReportView, Moment) throws -> Answer) throws -> Answer {
    switch export.moment {
    case .known: return try made(body)
    case .corte(let corte):
      try corte.checkRules()
      return try found(corte, body) ?? made(body)
    case .now:
      let arrived = ContinuousClock.now
      let stores = try ReportStores(dataDirectory: export.dataDirectory, rules: export.rules)
      if let answer = try found(Corte(of: stores, now: export.now), body) { return answer }
      var answer: Answer?
      try memory.making(of: question).alone { last in
        // One that was begun since is of now too: those who come while one is made share the next.
        if let last, last.begun >= arrived {
          answer = try found(last.corte, body)
          if answer != nil { return nil }
        }
        let begun = ContinuousClock.now
        var corte: Corte?
        answer = try made { view, moment in
          corte = moment.corte
          return try body(view, moment)
        }
        return corte.map { ViewMemory.Made(begun: begun, corte: $0) }
      }
      guard let answer else { throw ReportingError.failed("no view was made") }
      return answer
    }
  }

  /// What is the same for the same views of now.
  private var question: String {
    let days = [export.asOf, export.today].map { $0.map { "\($0)" } ?? "" }
    return ([export.dataDirectory, file.rawValue] + days).joined(separator: "\u{0}")
  }

  private var folder: MomentFolder {
    var folder = MomentFolder(dataDirectory: export.dataDirectory, name: MomentFolder.viewsName)
    (folder.most, folder.mostBytes) = (memory.most, memory.mostBytes)
    return folder
  }

  /// Lends the view of a corte; nil where it is not there, or cannot be read any more.
  private func found<Answer>(
    _ corte: Corte, _ body: (ReportView, Moment) throws -> Answer
  ) throws -> Answer? {
    let folder = folder
    let base = ViewName.base(of: file, corte, export)
    let name = folder.first { text in
      guard let name = ViewName(text), name.base == base else { return false }
      return name.quarters.contains(corte.quarter)
    }
    guard let name else { return nil }
    do {
      return try folder.opened(name) { path in
        try body(ReportView(file, in: path, name: name), Moment(corte: corte))
      }
    } catch is SQLiteError {
      folder.discard(name)
      return nil
    }
  }

  /// Lends the view of a moment that is opened for it, and is made where it is not there.
  private func made<Answer>(_ body: (ReportView, Moment) throws -> Answer) throws -> Answer {
    let moment = try ReportMoment(export)
    let folder = folder
    let name = moment.viewName(of: file).text
    func use() throws -> Answer {
      try folder.use(name) { path in
        try ViewMaking(moment: moment, file: file).make(in: path)
      } open: { path in
        try body(
          ReportView(file, in: path, name: name), Moment(corte: moment.corte, head: moment.head))
      }
    }
    do {
      return try use()
    } catch is SQLiteError {
      // It was damaged since: once more.
      folder.discard(name)
      return try use()
    }
  }
}
