-- 通知信访人: written with the event that it tells of. No text and no number stands here: the message is always the
-- same, and the number is the matter's. One that waits covers what happens until it goes out.
CREATE TABLE notice (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    matter TEXT COLLATE "C" NOT NULL REFERENCES matter (id),
    subscription TEXT COLLATE "C" NOT NULL DEFAULT '',
    occasion TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    tried_at BIGINT,
    state TEXT COLLATE "C" NOT NULL DEFAULT 'waiting',
    done_by TEXT COLLATE "C" REFERENCES account (id)
);
CREATE UNIQUE INDEX notice_open ON notice (matter, subscription) WHERE state IN ('waiting', 'to_call');
CREATE INDEX notice_by_due ON notice (next_at) WHERE state = 'waiting';
CREATE INDEX notice_to_call ON notice (made_at) WHERE state = 'to_call';

-- 不再给我发短信.
CREATE TABLE notice_stop (
    matter TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES matter (id),
    at BIGINT NOT NULL
);

-- 在这台手机上提醒我: where a browser takes a push without content.
CREATE TABLE push_subscription (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    matter TEXT COLLATE "C" NOT NULL REFERENCES matter (id),
    endpoint TEXT COLLATE "C" NOT NULL,
    made_at BIGINT NOT NULL
);
CREATE INDEX push_subscription_by_matter ON push_subscription (matter, made_at);
