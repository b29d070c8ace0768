"""Property management companies (物业服务企业): under which code they are known, and who and what is theirs."""
