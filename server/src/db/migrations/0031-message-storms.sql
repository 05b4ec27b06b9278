-- In a storm one person has thousands of messages: what rang for him is looked for among those that rang, not among all.
create index messages_rang on messages (person_id, planned_at) where channel_count > 0;
create index messages_gathering on messages (person_id) where topic = 'digest' and plan_at is not null;
