namespace Wfm.Api.Persistence;

/// <summary>A row that says of itself that it has changed.</summary>
public interface IVersioned
{
    /// <summary>Time-ordered identity.</summary>
    Guid Id { get; }

    /// <summary>Grows by one with every change.</summary>
    int Version { get; }
}
