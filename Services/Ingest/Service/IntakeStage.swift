import EventLog
import IngestRules
import Messages
import SQLite
import ServiceRuntime

/// `saldo.inbound` to where each event belongs.
final class IntakeHandler: StageHandler {
  private var intake = Intake()
  private let partition: Int32

  private init(_ context: StageContext) { partition = context.partition }

  static let stage = Stage(
    service: "ingest", name: "intake", input: Topic.inbound.rawValue,
    outputs: Output.allCases.map(\.topic.rawValue), migrations: []
  ) { _, context in IntakeHandler(context) }

  private enum Output: Int, CaseIterable {
    case documents, movements, rejected, sides

    var topic: Topic {
      switch self {
      case .documents: .documents
      case .movements: .movements
      case .rejected: .rejected
      case .sides: .sides
      }
    }
  }

  func apply(_ record: RecordView, _ db: Connection, _ output: inout StepOutput) throws {
    let value = record.value ?? UnsafeRawBufferPointer(start: nil, count: 0)
    let headers = record.headers
    // Most records have none; those that do may carry their event in binary mode.
    guard !headers.isEmpty,
      let event = BinaryModeEvent(
        headers: headers.map { ($0.name, $0.value) }, value: record.value)
    else {
      forward(value, to: intake.route(value, received: record.timestamp), &output)
      return
    }
    let (text, fault) = event.structured()
    text.withUnsafeBytes { text in
      forward(text, to: intake.route(text, fault: fault, received: record.timestamp), &output)
    }
  }

  private func forward(
    _ event: UnsafeRawBufferPointer, to route: Intake.Route, _ output: inout StepOutput
  ) {
    switch route {
    case .document(let rfc):
      output.send(to: Output.documents.rawValue, key: rfc) { $0.append(contentsOf: event) }
    case .catalog(let key):
      output.broadcast(to: Output.documents.rawValue, key: key) { $0.append(contentsOf: event) }
    case .stock(let stock):
      output.send(
        to: Output.movements.rawValue,
        writingKey: { BookKey.write(plant: stock.plant, part: stock.part, to: &$0) },
        { Movement.stock(stock).write(to: &$0) })
    case .decision(let decision):
      let message = SideMessage.decision(decision)
      output.send(
        to: Output.sides.rawValue, writingKey: { message.writeKey(to: &$0) },
        { message.write(to: &$0) })
    case .rejected(var rejected):
      rejected.limit(topic: Topic.inbound.rawValue, partition: partition, offset: output.input)
      output.send(to: Output.rejected.rawValue, key: rejected.key) { rejected.write(to: &$0) }
    }
  }

  func save(_ db: Connection) throws {}
}
