namespace Orleans.Sessions.States;

/// <summary>The columns of the row of a state, by which it is found. Each kind of state has its own table and columns.</summary>
public abstract record StateColumns;
