namespace Wfm.Api.Persistence;

/// <summary>This build cannot or may not work on the store, or was started with settings it cannot use; the message is one sentence for whoever started it.
/// </summary>
public sealed class StoreRefusedException(string message) : Exception(message);
