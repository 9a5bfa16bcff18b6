namespace Wfm.Api.Features.Today.Feeds;

/// <summary>A row of what a floor tells of itself during the day.</summary>
public interface IFeedRow
{
    /// <summary>Counts what it was: grows by one whenever an import says otherwise. Sums of it show that something has changed.</summary>
    int Version { get; set; }
}
